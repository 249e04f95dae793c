package io.vaultline.demo.shop;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;

/** What happens to accounts: people sign up, log in, change their data, and leave. */
final class AccountScript {
    private static final List<String> KINDS = List.of("login", "login", "login", "logout", "failed");
    private static final List<String> BROWSERS = List.of("Firefox/148.0", "Chrome/152.0", "Safari/20.1");

    private final ShopScript.Parts parts;
    private final Words words;
    private final SplittableRandom random;

    AccountScript(ShopScript.Parts parts, SplittableRandom random) {
        this.parts = parts;
        this.words = parts.words();
        this.random = random;
    }

    /** Somebody logs in or out, or fails to. */
    void visit(double at) {
        long user = parts.stock().buyer();
        String kind = words.pick(KINDS);
        parts.timeline()
                .add(
                        user,
                        at,
                        ShopStep.Sql.of(
                                authEvent(user, kind, words, parts.time().at(at))));
    }

    /** Failed logins are forgotten: one statement that deletes many rows. */
    void forgetFailures(double at) {
        parts.timeline()
                .add(
                        0,
                        at,
                        ShopStep.Sql.of(ShopStep.Statement.of("DELETE FROM shop.auth_events WHERE kind = 'failed'")));
    }

    /** A new user, with the first event in the same transaction. */
    void signUp(long id, double at) {
        Instant now = parts.time().at(at);
        ShopCatalog.User user = ShopCatalog.user(id, random, words, now);
        ShopStep.Statement event = authEvent(id, "signup", words, now);
        parts.timeline().add(id, at, ShopStep.Sql.of(ShopRows.insert(user), event));
    }

    /** A new address. */
    void changeAddress(double at) {
        change(at, "email = ?, newsletter = NOT newsletter", "u" + words.between(1, 1_000_000) + "@example.org");
    }

    /** A new password: an update of which no reader outside may see the new value. */
    void changePassword(double at) {
        change(at, "password_hash = ?", "$2b$12$" + words.noise(53));
    }

    private void change(double at, String assignments, String value) {
        long user = parts.stock().buyer();
        ShopStep.Statement change =
                ShopStep.Statement.of("UPDATE shop.users SET " + assignments + " WHERE id = ?", value, user);
        parts.timeline().add(user, at, ShopStep.Sql.of(change));
    }

    /** A user leaves; the events go too, by the foreign key. */
    void leave(ShopCatalog.User user, double at) {
        ShopStep.Statement gone = ShopStep.Statement.of("DELETE FROM shop.users WHERE id = ?", user.id());
        parts.timeline().add(user.id(), at, ShopStep.Sql.of(gone));
    }

    static ShopStep.Statement authEvent(long user, String kind, Words words, Instant at) {
        String ip = "203.0.113." + words.between(1, 254);
        OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
        String into = "INSERT INTO shop.auth_events (user_id, kind, ip, at, user_agent) VALUES (?, ?, ?::inet, ?, ";
        return words.oneIn(6)
                ? ShopStep.Statement.of(into + "NULL)", user, kind, ip, time)
                : ShopStep.Statement.of(into + "?)", user, kind, ip, time, words.pick(BROWSERS));
    }
}
