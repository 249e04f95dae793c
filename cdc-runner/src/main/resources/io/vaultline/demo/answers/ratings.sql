-- The best rated categories among those with at least three ratings.
SELECT
    categories_current.name AS category,
    count() AS ratings,
    toDecimalString(toDecimal64(avg(ratings_current.stars), 2), 2) AS stars,
    concat(toString(round(100 * countIf(ratings_current.stars = 5) / count())), ' %') AS five_stars
FROM {vault}.ratings_current
INNER JOIN {vault}.products_current ON products_current.id = ratings_current.product_id
INNER JOIN {vault}.categories_current ON categories_current.id = products_current.category_id
GROUP BY category
HAVING count() >= 3
ORDER BY avg(ratings_current.stars) DESC, category
LIMIT 6
