ALTER TABLE `review` ADD `content` text NOT NULL;--> statement-breakpoint
CREATE INDEX `review_due` ON `review` (`due_at`);--> statement-breakpoint
ALTER TABLE `review` DROP COLUMN `text`;