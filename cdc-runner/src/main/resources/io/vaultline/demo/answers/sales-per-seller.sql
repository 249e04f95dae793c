-- Items of all orders that were not cancelled, by who sells the product now.
SELECT
    sellers_current.name AS seller,
    uniqExact(bought.purchase) AS orders,
    sum(bought.quantity) AS pieces,
    toDecimalString(sum(bought.price * bought.quantity), 2) AS revenue
FROM (
    SELECT
        _id AS purchase,
        arrayJoin(JSONExtractArrayRaw(assumeNotNull(items))) AS item,
        JSONExtractInt(item, 'product_id') AS product_id,
        JSONExtractInt(item, 'quantity') AS quantity,
        toDecimal64(JSONExtractString(item, 'price', '$numberDecimal'), 2) AS price
    FROM {vault}.purchases_current
    WHERE status != 'cancelled'
) AS bought
INNER JOIN {vault}.products_current ON products_current.id = bought.product_id
INNER JOIN {vault}.sellers_current ON sellers_current.id = products_current.seller_id
GROUP BY sellers_current.name
ORDER BY sum(bought.price * bought.quantity) DESC, seller
LIMIT 6
