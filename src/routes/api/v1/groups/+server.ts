import { groupsResource } from '#lib/server/api/groups.ts';
import { serve } from '#lib/server/api/serve.ts';

export const GET = serve(groupsResource);
