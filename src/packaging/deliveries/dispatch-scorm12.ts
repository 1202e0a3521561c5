export { scorm12 as dialect } from '#lib/tracking/scorm/scorm12.ts';
