# Built in stages: tools stay behind, the last stage has the built product, its production packages and no root.
# The Node version is one that gets security fixes. Pin the image by digest too where you build it.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
RUN mkdir -p /data/blobs /journal && chown -R node:node /data /journal
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
COPY --from=build --chown=root:root /app/libs/database/migrations ./libs/database/migrations
COPY --from=build --chown=root:root /app/libs/database/functions ./libs/database/functions
COPY --from=build --chown=root:root /app/libs/artwork/fonts ./libs/artwork/fonts
COPY --from=build --chown=root:root /app/libs/artwork/document-fonts ./libs/artwork/document-fonts
COPY --from=build --chown=root:root /app/libs/rendering/mail-templates ./libs/rendering/mail-templates
COPY --from=build --chown=root:root /app/apps/api/embed-scripts ./apps/api/embed-scripts
COPY --from=build --chown=root:root /app/templates ./templates
USER node
EXPOSE 3000 9100
CMD ["node", "dist/apps/api/src/main.js"]
