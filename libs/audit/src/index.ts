export { AuditLog, type AuditEntry, type AuditFact, type AuditFilter } from './audit.service.js';
export { AuditModule } from './audit.module.js';
