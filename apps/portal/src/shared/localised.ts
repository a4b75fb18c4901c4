export { localeOf, localised } from '#contracts';
