CREATE TABLE "first_answers" (
	"user_id" text NOT NULL,
	"course" text NOT NULL,
	"lesson" text NOT NULL,
	"step" text NOT NULL,
	"item" text NOT NULL,
	"response" text NOT NULL,
	"earned" integer NOT NULL,
	"possible" integer NOT NULL,
	"rest_earned" integer NOT NULL,
	"rest_possible" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "first_answers_user_id_course_lesson_step_item_pk" PRIMARY KEY("user_id","course","lesson","step","item")
);
--> statement-breakpoint
ALTER TABLE "first_answers" ADD CONSTRAINT "first_answers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "users_created" ON "users" USING btree ("created_at");