import type { Surface } from './document-slot.js';

/**
 * Resource name of the partner's logo for a surface, on every page with slots.
 */
export const pictureName = (surface: Surface): string => (surface === 'light' ? 'TcLight' : 'TcDark');
