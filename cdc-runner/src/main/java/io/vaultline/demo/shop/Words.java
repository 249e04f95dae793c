package io.vaultline.demo.shop;

import java.math.BigDecimal;
import java.util.List;
import java.util.random.RandomGenerator;

/** Names, texts and prices as a shop has them, drawn from a source of randomness that the caller seeds. */
final class Words {
    private static final List<String> FIRST =
            words("Ada Alan Amara Anders Aylin Boris Carla Chen Dalia Diego Edith Emre"
                    + " Fatima Felix Grace Hana Hugo Ines Ivan Jamal Jana Kenji Lars Leila Linus Lucia Maya Milan Nadia Noor Olga"
                    + " Omar Pavel Priya Quentin Rosa Samir Sofia Tariq Uma Viktor Wanda Xenia Yusuf Zoë");
    private static final List<String> LAST = words(
            "Abbas Andersen Baker Bianchi Castro Demir Dubois Eriksen Fischer"
                    + " García Haddad Hansen Ito Jansen Kaya Keller Kowalski Larsen Lopez Meyer Moreau Müller Nakamura Novak Okafor"
                    + " Olsen Patel Petrov Quinn Rossi Sato Schmidt Silva Singh Suzuki Tanaka Turner Usman Weber Wójcik Yılmaz Zhang");
    private static final List<String> CITIES = words("Aarhus Ankara Bergen Bologna Brno Ghent Graz Izmir Kraków Leipzig"
            + " Lyon Malmö Nantes Osaka Porto Riga Seville Tampere Toronto Utrecht");
    private static final List<String> QUALITIES =
            words("Brass Classic Compact Copper Cordless Ergonomic Foldable Granite"
                    + " Handmade Insulated Linen Nordic Oak Portable Recycled Solar Stoneware Travel Vintage Woollen");
    private static final List<String> THINGS = words("Backpack Blanket Bookend Bottle Bowl Camera Chair Clock Coat"
            + " Dripper Grinder Radio Kettle Keyboard Ladle Lamp Lantern Mug Notebook Pan Cushion Speaker Stool Tent"
            + " Toaster Tripod Umbrella Vase Wallet Whisk");
    private static final List<String> FIRMS = words(
            "Atelier Bros Crafts Goods Home House Labs Living Outfitters Supply" + " Tools Trading Works Workshop");
    private static final List<String> SAYINGS = List.of(
            "Just what I was looking for.",
            "Arrived a day late, but well packed.",
            "Feels cheaper than it looks in the pictures.",
            "Bought a second one for my sister.",
            "Sturdy, simple, does its job.",
            "The colour is not the one I ordered.",
            "Stopped working after a week; the seller replaced it at once.",
            "Großartig! 十分満足しています。 ⭐");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final RandomGenerator random;

    Words(RandomGenerator random) {
        this.random = random;
    }

    String person() {
        return pick(FIRST) + " " + pick(LAST);
    }

    String city() {
        return pick(CITIES);
    }

    String street() {
        return pick(LAST) + " Street " + between(1, 180);
    }

    String firm() {
        return pick(LAST) + " " + pick(FIRMS);
    }

    String product() {
        return pick(QUALITIES) + " " + pick(THINGS);
    }

    String saying() {
        return pick(SAYINGS);
    }

    /** Characters that no compression makes notably shorter. */
    String noise(int characters) {
        StringBuilder noise = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            noise.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return noise.toString();
    }

    /** A price of 2 decimals between 1.49 and about 400, most of them low and ending in 9. */
    BigDecimal price() {
        double skewed = Math.pow(random.nextDouble(), 3) * 4_000;
        return BigDecimal.valueOf(Math.round(skewed) * 10 + 149, 2);
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A number from {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** True once in so many times, on average. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private static List<String> words(String spaced) {
        return List.of(spaced.split(" ", -1));
    }
}
