-- What one product has cost, and from when to when: the product whose price changed most often.
WITH (
    SELECT id FROM {vault}.products_history GROUP BY id ORDER BY uniqExact(price) DESC, id LIMIT 1
) AS product
SELECT
    name,
    toDecimalString(price, 2) AS cost,
    toString(toDateTime64(valid_from, 0)) AS since,
    ifNull(toString(toDateTime64(leadInFrame(toNullable(valid_from)) OVER following, 0)), 'now') AS until
FROM (
    SELECT name, price, valid_from, lagInFrame(toNullable(price)) OVER (ORDER BY valid_from) AS price_before
    FROM {vault}.products_history
    WHERE id = product
)
WHERE price_before IS NULL OR price != price_before
WINDOW following AS (ORDER BY valid_from ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)
ORDER BY valid_from
LIMIT 8
