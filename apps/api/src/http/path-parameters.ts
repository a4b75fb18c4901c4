import { Param } from '@nestjs/common';
import { z } from 'zod';

/** An id in a path. */
export const Uuid = z.uuid();
/** The number of a campaign version in a path. */
export const VersionNumber = z.coerce.number().int().min(1).max(100_000);
/** The tag of a language in a path (BCP 47): `pt-BR`, `zh-Hant`. */
export const LanguageTag = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/);
/** The key of an e-mail, page, document or picture in a campaign package. */
export const TemplateKey = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/);

/**
 * A path parameter that holds an id. The type of the parameter names the kind
 * of id: `@IdParam('id') id: CampaignId`. Refuses a value that is not a UUID
 * with 422. Whether the object exists is checked by the service.
 */
export const IdParam = (name: string): ParameterDecorator => Param(name, { schema: Uuid });
