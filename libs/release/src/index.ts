export {
  BUDGETS,
  FORECAST_COST,
  FORECAST_SD_PER_DISTANCE,
  FORECASTS_PER_YEAR,
  RELEASE_KINDS,
  type ReleaseKind,
  UPDATE_CHECKS,
  UPDATE_COUNTS,
} from './budget.js';
export { marginOf, sdOfSum, shownNumber, smallestShown } from './published-numbers.js';
export {
  type DataRelease,
  nextFullHour,
  type ReleasedCell,
  type Reservation,
  type ReservationId,
  resultSubject,
} from './release.js';
export { ReleaseLog } from './release-log.service.js';
export { ReleaseModule } from './release.module.js';
export { Releases } from './releases.service.js';
export { type BudgetUsage, Reservations } from './reservations.service.js';
