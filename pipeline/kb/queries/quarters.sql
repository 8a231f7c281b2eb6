-- titolo: Quante operazioni per tipo e trimestre, con il valore totale (per un grafico)
-- title: How many deals per type and quarter, with total value (for a chart)
-- since = 2000-01-01: first day
SELECT quarter, type, count(*) AS deals, sum(amount_eur)/100.0 AS amount_eur
FROM deal INDEXED BY deal_live_quarter
WHERE live=1 AND day>=:since
GROUP BY quarter, type
ORDER BY quarter, type
