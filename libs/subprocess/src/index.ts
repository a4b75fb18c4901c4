export { defineTask } from './task.js';
export { TaskLimitError } from './messages.js';
