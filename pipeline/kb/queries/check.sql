-- titolo: Quali operazioni devo controllare io stamattina?
-- title: Which deals should I check this morning?
-- below = 0.6: confidence under which a deal is doubtful
SELECT public_id AS deal, title, status, amount_eur/100.0 AS amount_eur, confidence, disputed AS disputed_fields
FROM deal INDEXED BY deal_live_review
WHERE live=1 AND review='none' AND (confidence<:below OR disputed>0)
ORDER BY deal.amount_eur DESC, confidence
LIMIT 50
