import { NOTIFICATIONS_KEY } from '../../shared/notifications';
import { usePages } from '../../shared/pages';

export const useNotificationPages = () =>
  usePages({ queryKey: [...NOTIFICATIONS_KEY, 'pages'], route: 'GET /notifications', query: 'limit=50' });
