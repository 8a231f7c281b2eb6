-- titolo: Quali operazioni annunciate da oltre sei mesi non risultano chiuse?
-- title: Which deals announced more than six months ago are still not closed?
-- today = today: the day to count back from
SELECT public_id AS deal, day, status, title, amount_eur/100.0 AS amount_eur
FROM deal
WHERE live=1 AND status IN('announced','negotiation') AND denied=0 AND day<date(:today,'-6 months')
ORDER BY day DESC
LIMIT 200
