import { activitiesResource } from '#lib/server/api/activities.ts';
import { serve } from '#lib/server/api/serve.ts';

export const GET = serve(activitiesResource);
