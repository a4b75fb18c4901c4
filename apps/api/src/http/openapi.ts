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

/** A response that is a table in CSV. */
export const CsvResponse = (): MethodDecorator =>
  applyDecorators(ResponseMedia('text/csv'), ApiProduces('text/csv'), ApiOkResponse());

/**
 * The field of a multipart form that carries a file, for a controller that does
 * not describe its body.
 */
export const UploadField = (name: string): MethodDecorator => SetMetadata(UPLOAD_FIELD, name);
