import { z } from 'zod';
import { canonicalEmail, parseEmail } from './email-address.js';

/**
 * A field of a request that holds an e-mail address. Its value is the address
 * as mail is sent to it. Apart from `parseEmail`, which the portal loads
 * without schemas.
 */
export const EmailField = z
  .stringFormat('email', (value) => typeof parseEmail(value) !== 'string')
  .max(400)
  .overwrite(canonicalEmail);
