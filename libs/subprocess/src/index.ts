export { defineTask } from './task.js';
export { TaskBusyError, TaskLimitError } from './messages.js';
