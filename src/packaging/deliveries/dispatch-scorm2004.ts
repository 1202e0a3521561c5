export { scorm2004 as dialect } from '#lib/tracking/scorm/scorm2004.ts';
