# docker build -t rygsamtalen . && docker run -p 3000:3000 -v rygsamtalen:/data rygsamtalen
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production PORT=3000 PREVIEW_PORT=3001 DATA_DIR=/data START_WITHOUT_BUILDING=1
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/build build
COPY --from=build /app/migrations migrations
COPY --from=build /app/src/cli src/cli
COPY --from=build /app/src/lib/server/config.ts src/lib/server/
COPY --from=build /app/src/lib/xapi/statement.ts src/lib/xapi/
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000 3001
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
	CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/cli/run.mjs", "start"]
