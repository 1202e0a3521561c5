/** JSON as text: what stands where, so that what is stored is what was received. */
export { inArrays, withMembers, withNewMembers } from './edit.ts';
export { indented, type Piece } from './pretty.ts';
export { problemsOfJson, readJson } from './problems.ts';
export { NotJson } from './scan.ts';
