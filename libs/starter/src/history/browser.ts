/** As a browser asks for the page behind a link. */
export const PERSON = {
  method: 'GET',
  headers: {
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0',
    accept: 'text/html,application/xhtml+xml',
    'accept-language': 'en-GB,en;q=0.7',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  },
  // Of a documentation network (RFC 5737).
  address: '192.0.2.17',
};
