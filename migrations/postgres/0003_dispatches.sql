CREATE TABLE "dispatches" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"course" text NOT NULL,
	"languages" jsonb NOT NULL,
	"token_hash" text NOT NULL,
	"token_sealed" text NOT NULL,
	"seats" integer,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"origins" jsonb NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "dispatch_seats" (
	"dispatch_id" text NOT NULL,
	"learner" text NOT NULL,
	"user_id" text NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "dispatch_seats_dispatch_id_learner_pk" PRIMARY KEY("dispatch_id","learner")
);
--> statement-breakpoint
ALTER TABLE "dispatches" ADD CONSTRAINT "dispatches_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispatch_seats" ADD CONSTRAINT "dispatch_seats_dispatch_id_dispatches_id_fk" FOREIGN KEY ("dispatch_id") REFERENCES "public"."dispatches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispatch_seats" ADD CONSTRAINT "dispatch_seats_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "dispatch_seats_user" ON "dispatch_seats" USING btree ("user_id");