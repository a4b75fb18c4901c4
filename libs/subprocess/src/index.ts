export { defineTask } from './task.js';
export { keepTaskResults } from './task-results.js';
export { TaskBusyError, TaskLimitError } from './messages.js';
