import { useQuery } from '@tanstack/react-query';
import { get, request, type QueryOptions, type RequestInput } from '../../shared/request';

export const calendarKeys = { calendar: ['partner-calendar'] } as const;

export const useCalendar = (options: QueryOptions<'/calendar'> = {}) =>
  useQuery({ queryKey: calendarKeys.calendar, queryFn: get('/calendar'), ...options });

export const useCalendarPublicHolidays = (wanted: string, options: QueryOptions<'/calendar/public-holidays'> = {}) =>
  useQuery({
    queryKey: ['public-holidays', wanted],
    queryFn: get('/calendar/public-holidays', { query: wanted }),
    ...options,
  });

export const previewCalendar = (input: RequestInput) => request('POST /calendar/outlook', { ...input });

export const saveCalendar = (input: RequestInput) => request('PUT /calendar', { ...input });
