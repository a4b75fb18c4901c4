import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

export const RESPONSE_MEDIA = Symbol('ResponseMedia');
export const UPLOAD_FIELD = Symbol('UploadField');

/**
 * One line that says what an operation does. A test fails for an operation
 * without one.
 */
export const Summary = (text: string): MethodDecorator => ApiOperation({ summary: text });

/** Documents the JSON body of a response by the schema that its view fills. */
export const ResponseBody = (schema: z.ZodType, status = 200, description = ''): MethodDecorator =>
  applyDecorators(ApiResponse({ status, description, standardSchema: schema }));

/** The media type of a successful response that is not the JSON of a schema. */
export const ResponseMedia = (mediaType: string): MethodDecorator => SetMetadata(RESPONSE_MEDIA, mediaType);

const CSV_FORM =
  'CSV in UTF-8. Amounts are plain decimal numbers with all digits of their currency, such as `1234.50`, and the ' +
  'currency (ISO 4217) is in the column `currency`. A row with sums of several currencies is written once for each; ' +
  'numbers of no currency are in the first of these. A number that is not told is `withheld` (too small or of too few ' +
  'partners), `not-released` or `not-shown`; an empty cell says that there is none. With `language`, names and the decimal sign are those of its readers.';

/** A response that is a table in CSV. */
export const CsvResponse = (): MethodDecorator =>
  applyDecorators(ResponseMedia('text/csv'), ApiProduces('text/csv'), ApiOkResponse({ description: CSV_FORM }));

/**
 * The field of a multipart form that carries a file, for a controller that does
 * not describe its body.
 */
export const UploadField = (name: string): MethodDecorator => SetMetadata(UPLOAD_FIELD, name);
