export { SavedViewsModule } from './saved-views.module.js';
export { canBeMailed, type SavedViewId, type ViewReader } from './saved-view.js';
export { type ListedView, SavedViews } from './saved-views.service.js';
export { ViewFiles } from './view-files.service.js';
export { languageOf } from './view-letters.service.js';
export { ViewMails } from './view-mails.service.js';
export { ViewTables } from './view-tables.service.js';
