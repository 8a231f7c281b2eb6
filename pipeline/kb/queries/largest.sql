-- titolo: Le dieci operazioni più grandi dell'anno, esclusi i rumor
-- title: The ten largest deals of a year, rumours excluded
-- year = 2026: four digits
SELECT public_id AS deal, day, title, amount_eur/100.0 AS amount_eur
FROM deal INDEXED BY deal_live_amount
WHERE live=1 AND amount_eur IS NOT NULL AND day BETWEEN :year || '-01-01' AND :year || '-12-31' AND status NOT IN('rumour','cancelled') AND denied=0
ORDER BY deal.amount_eur DESC
LIMIT 10
