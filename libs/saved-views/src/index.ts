export { SavedViewsModule } from './saved-views.module.js';
export { ResultTables } from './result-tables.service.js';
export { type SavedViewId, tablesFor, type ViewReader } from './saved-view.js';
export { type ListedView, SavedViews } from './saved-views.service.js';
export { ViewFiles } from './view-files.service.js';
export { languageOf } from './view-letters.service.js';
export { ViewMails } from './view-mails.service.js';
export { type StopFacts, VIEW_PARAMETER, ViewStops } from './view-stops.service.js';
export { VIEW_TEXTS } from './view-texts.js';
