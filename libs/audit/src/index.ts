export { AuditLog, type AuditEntry, type AuditFilter } from './audit.service.js';
export { AuditModule } from './audit.module.js';
