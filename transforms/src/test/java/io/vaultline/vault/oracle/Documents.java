package io.vaultline.vault.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultline.event.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ids in documents, found by reading them whole. */
final class Documents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Documents() {}

    /** The numbers in an array. */
    static Set<List<Object>> numbers(@Nullable Object json) {
        Set<List<Object>> found = new HashSet<>();
        JsonNode array = parse(json);
        if (array.isArray()) {
            array.forEach(element -> addNumber(element, found));
        }
        return found;
    }

    /** The customer of a purchase. */
    static Set<List<Object>> customer(Row purchase) {
        Set<List<Object>> found = new HashSet<>();
        if (purchase.get("customer") instanceof Long id) {
            found.add(List.of(Math.toIntExact(id)));
        } else {
            addNumber(parse(purchase.get("_misfits")).path("customer"), found);
        }
        return found;
    }

    /** The products of a purchase's items. */
    static Set<List<Object>> products(Row purchase) {
        JsonNode items = purchase.get("items") == null
                ? parse(purchase.get("_misfits")).path("items")
                : parse(purchase.get("items"));
        Set<List<Object>> found = new HashSet<>();
        if (items.isArray()) {
            items.forEach(item -> addNumber(item.path("product_id"), found));
        }
        return found;
    }

    /** Which product a purchase sold to whom: nothing if one of them is not there. */
    static Set<List<Object>> sales(Row purchase) {
        Set<List<Object>> found = new HashSet<>();
        customer(purchase)
                .forEach(customer ->
                        products(purchase).forEach(product -> found.add(List.of(customer.get(0), product.get(0)))));
        return found;
    }

    /** An e-mail address as its hub has it. */
    static @Nullable String address(@Nullable Object text) {
        return text == null ? null : String.valueOf(text).strip().toLowerCase(Locale.ROOT);
    }

    private static void addNumber(JsonNode node, Set<List<Object>> into) {
        if (node.isInt()) {
            into.add(List.of(node.intValue()));
        } else if (node.isTextual() && node.textValue().matches("[0-9]+")) {
            into.add(List.of(Integer.valueOf(node.textValue())));
        } else if (node.isObject() && node.path("$numberLong").isTextual()) {
            into.add(List.of(Integer.valueOf(node.path("$numberLong").textValue())));
        }
    }

    private static JsonNode parse(@Nullable Object json) {
        try {
            return json == null ? JSON.nullNode() : JSON.readTree((String) json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }
}
