export { PageQuery, pageOf } from './page.contract.js';
export { Problem, ProblemEntry } from './problem.contract.js';
