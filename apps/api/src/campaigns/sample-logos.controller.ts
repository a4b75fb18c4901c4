import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { z } from 'zod';
import { type LogoSurface, sampleLogo } from '#campaigns';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';

/**
 * Placeholder of a partner's logo in previews: a frame of the exact size.
 */
@Controller('api/v1/sample-logos')
export class SampleLogosController {
  @Summary('Get a placeholder logo')
  @ResponseMedia('image/svg+xml')
  @Get(':file')
  @Public()
  @ApiProduces('image/svg+xml')
  @ApiOkResponse()
  @Header('Content-Type', 'image/svg+xml')
  @Header('Cache-Control', 'public, max-age=86400')
  @Header('Cross-Origin-Resource-Policy', 'cross-origin')
  logo(
    @Param('file', { schema: z.string().regex(/^(light|dark|brand)-[1-9]\d{0,3}x[1-9]\d{0,3}\.svg$/) }) file: string,
  ): string {
    const [surface = 'light', size = '180x60'] = file.replace('.svg', '').split('-');
    const [width = 180, height = 60] = size.split('x').map(Number);
    return sampleLogo(surface as LogoSurface, width, height);
  }
}
