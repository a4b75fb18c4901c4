/** It comes without types. */
declare module 'email-providers' {
  const domains: readonly string[];
  export default domains;
}
