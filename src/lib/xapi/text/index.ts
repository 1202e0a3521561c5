/** JSON as text: what stands where, so that what is stored is what was received. */
export { elementsOf, inArrays, withMembers } from './edit.ts';
export { indented, type Piece } from './pretty.ts';
export { problemsOfJson } from './problems.ts';
export { NotJson } from './scan.ts';
