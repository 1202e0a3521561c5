import { learnersResource } from '#lib/server/api/learners.ts';
import { serve } from '#lib/server/api/serve.ts';

export const GET = serve(learnersResource);
