package io.vaultline.demo.shop;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What stands in the shop before anything happens; the same for the same seed, size and time of opening. */
public record ShopCatalog(
        List<User> users,
        List<Seller> sellers,
        List<Category> categories,
        List<Product> products,
        List<Stock> inventory) {

    /** How many of each there are. */
    public record Size(int users, int sellers, int categories, int products) {
        /** A shop that is filled within a second or two. */
        public static final Size DEFAULT = new Size(300, 40, 30, 800);
    }

    /** A customer. */
    public record User(
            long id,
            UUID account,
            String email,
            String fullName,
            String passwordHash,
            Optional<LocalDate> born,
            boolean newsletter,
            Instant createdAt) {}

    /** A trader whose products the shop sells. */
    public record Seller(int id, String name, String country, BigDecimal commission, LocalDate joined) {}

    /** A category, below another one or at the top. */
    public record Category(int id, Optional<Integer> parentId, String name) {}

    /**
     * A product.
     *
     * @param attributes JSON
     * @param description more than 2 kB, which PostgreSQL stores out of line
     */
    public record Product(
            long id,
            int sellerId,
            int categoryId,
            String name,
            BigDecimal price,
            String attributes,
            String description,
            Optional<Double> weightKg,
            Instant updatedAt) {}

    /** How many pieces of a product lie in a warehouse. */
    public record Stock(long productId, String warehouse, int quantity) {}

    /** The warehouse where each product lies at first. */
    public static final String MAIN_WAREHOUSE = "Hamburg";

    private static final List<String> COUNTRIES = List.of("DE", "DK", "ES", "FR", "JP", "NL", "PL", "SE", "TR", "US");
    private static final List<String> COLOURS =
            List.of("black", "blue", "green", "oak", "red", "sand", "weiß", "white");
    private static final int DESCRIPTION_CHARACTERS = 3_000;

    /** Makes a catalog. */
    public static ShopCatalog of(long seed, Size size, Instant opening) {
        SplittableRandom random = new SplittableRandom(seed);
        Words words = new Words(random);
        return new ShopCatalog(
                numbered(size.users())
                        .mapToObj(id -> user(id, random, words, opening))
                        .toList(),
                numbered(size.sellers())
                        .mapToObj(id -> seller(id, words, opening))
                        .toList(),
                numbered(size.categories()).mapToObj(id -> category(id, words)).toList(),
                numbered(size.products())
                        .mapToObj(id -> product(id, size, words, opening))
                        .toList(),
                numbered(size.products())
                        .boxed()
                        .flatMap(id -> stock(id, words))
                        .toList());
    }

    private static IntStream numbered(int count) {
        return IntStream.rangeClosed(1, count);
    }

    static User user(long id, SplittableRandom random, Words words, Instant opening) {
        String name = words.person();
        String mailbox = name.toLowerCase(Locale.ROOT).replace(' ', '.');
        return new User(
                id,
                new UUID(random.nextLong(), random.nextLong()),
                mailbox + id + "@example.com",
                name,
                "$2b$12$" + words.noise(53),
                words.oneIn(7)
                        ? Optional.empty()
                        : Optional.of(LocalDate.of(1945, 1, 1).plusDays(words.between(0, 22_000))),
                words.oneIn(3),
                earlier(opening, words));
    }

    private static Seller seller(int id, Words words, Instant opening) {
        LocalDate joined =
                LocalDate.ofInstant(opening, java.time.ZoneOffset.UTC).minusDays(words.between(30, 4_000));
        BigDecimal commission = BigDecimal.valueOf(words.between(250, 1_800), 4);
        return new Seller(id, words.firm(), words.pick(COUNTRIES), commission, joined);
    }

    private static Category category(int id, Words words) {
        Optional<Integer> parent = id <= 5 ? Optional.empty() : Optional.of(words.between(1, id - 1));
        return new Category(id, parent, words.product() + "s");
    }

    static Product product(long id, Size size, Words words, Instant opening) {
        String name = words.product();
        String attributes = String.format(
                Locale.ROOT,
                "{\"colour\": \"%s\", \"size_cm\": [%d, %d, %d], \"warranty\": {\"months\": %d, \"worldwide\": %b}, \"note\": null}",
                words.pick(COLOURS),
                words.between(1, 90),
                words.between(1, 90),
                words.between(1, 90),
                words.between(0, 60),
                words.oneIn(2));
        return new Product(
                id,
                words.between(1, size.sellers()),
                words.between(1, size.categories()),
                name,
                words.price(),
                attributes,
                name + ". " + words.saying() + " Drawing: " + words.noise(DESCRIPTION_CHARACTERS),
                words.oneIn(5) ? Optional.empty() : Optional.of(words.between(1, 400) / 16.0),
                earlier(opening, words));
    }

    private static Stream<Stock> stock(long productId, Words words) {
        Stock main = new Stock(productId, MAIN_WAREHOUSE, words.between(500, 5_000));
        return words.oneIn(3) ? Stream.of(main, new Stock(productId, "Porto", words.between(0, 300))) : Stream.of(main);
    }

    private static Instant earlier(Instant opening, Words words) {
        return opening.minus(words.between(1, 1_000_000), ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MICROS);
    }
}
