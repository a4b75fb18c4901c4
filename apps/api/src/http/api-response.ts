import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

/** Documents an answer by the schema that its view fills. */
export const Answers = (schema: z.ZodType, status = 200, description = ''): MethodDecorator =>
  applyDecorators(ApiResponse({ status, description, standardSchema: schema }));
