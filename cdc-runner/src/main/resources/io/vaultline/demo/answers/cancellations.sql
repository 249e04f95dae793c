-- How many orders were cancelled, and why.
SELECT
    coalesce(reason, 'all') AS why,
    count() AS cancelled,
    concat(toString(round(100 * count() / (SELECT count() FROM {vault}.purchases_current), 2)), ' %') AS of_all_orders,
    toDecimalString(sum(amount), 2) AS refunded
FROM (SELECT reason, refunded AS amount FROM {vault}.cancellations_current)
GROUP BY ROLLUP (reason)
ORDER BY cancelled DESC, why
