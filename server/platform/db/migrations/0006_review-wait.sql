CREATE TABLE `review_wait` (
	`department` text NOT NULL,
	`review_id` integer NOT NULL,
	PRIMARY KEY(`department`, `review_id`),
	FOREIGN KEY (`review_id`) REFERENCES `review`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `wait_review` ON `review_wait` (`review_id`);--> statement-breakpoint
INSERT INTO `review_wait` (`department`, `review_id`)
SELECT n.`department`, n.`review_id` FROM (
	SELECT r.`id` AS `review_id`, j.`value` AS `department` FROM `review` r, json_each(r.`required`) j
	UNION SELECT `review_id`, `department` FROM `called_in`
) n
WHERE NOT EXISTS (SELECT 1 FROM `review_end` e WHERE e.`review_id` = n.`review_id`)
	AND NOT EXISTS (SELECT 1 FROM `vote` v WHERE v.`review_id` = n.`review_id` AND v.`department` = n.`department` AND v.`verdict` = 'approve');
--> statement-breakpoint
INSERT INTO `review_wait` (`department`, `review_id`)
SELECT '', r.`id` FROM `review` r
WHERE NOT EXISTS (SELECT 1 FROM `review_end` e WHERE e.`review_id` = r.`id`)
	AND NOT EXISTS (SELECT 1 FROM `review_wait` w WHERE w.`review_id` = r.`id`);
