import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from './http/authority.js';

/** Stands where a partner's logo will be, in previews: a frame of the exact size. */
@Controller('api/v1/sample-logos')
export class SampleLogosController {
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
    const ink = surface === 'light' ? '#475569' : '#ffffff';
    const fontSize = Math.max(8, Math.min(Math.round(height * 0.3), Math.round(width / 7)));
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect x="1" y="1" width="${width - 2}" height="${height - 2}" rx="6" fill="none" stroke="${ink}" stroke-dasharray="4 3"/><text x="50%" y="50%" dy="0.35em" text-anchor="middle" font-family="sans-serif" font-size="${fontSize}" fill="${ink}">Partner logo</text></svg>`;
  }
}
