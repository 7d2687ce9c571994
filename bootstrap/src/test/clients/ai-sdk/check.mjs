// Vercel's AI SDK against a running gateway, by its OpenAI-compatible and its Anthropic provider.
//   ./tierway demo            (in another terminal)
//   npm install && node check.mjs [http://127.0.0.1:8080/v1]
import assert from 'node:assert/strict';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, streamText, tool } from 'ai';
import { z } from 'zod';

const baseURL = process.argv[2] ?? 'http://127.0.0.1:8080/v1';
const doors = {
  'openai-compatible': createOpenAICompatible({ name: 'tierway', baseURL, apiKey: 'sk-unused', includeUsage: true }),
  anthropic: createAnthropic({ baseURL, apiKey: 'sk-unused' }),
};
const prompt = 'What is a spine?';
const weather = tool({
  description: 'The weather in a city',
  inputSchema: z.object({ city: z.string().optional() }).loose(),
});
let failed = 0;

async function check(name, run) {
  try {
    await run();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}: ${error.message}`);
  }
}

for (const [name, door] of Object.entries(doors)) {
  const call = { model: door('tier:mid/code'), prompt, maxRetries: 0, maxOutputTokens: 200 };

  await check(`${name}: unary`, async () => {
    const { text, usage, finishReason } = await generateText(call);
    assert.ok(text.length > 0);
    assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);
    assert.ok(['stop', 'length'].includes(finishReason), finishReason);
  });

  await check(`${name}: streamed, with usage`, async () => {
    const answer = streamText({ ...call, onError: () => {} });
    let text = '';
    for await (const piece of answer.textStream) {
      text += piece;
    }
    assert.ok(text.length > 0);
    assert.ok((await answer.usage).outputTokens > 0);
  });

  await check(`${name}: streamed, left in the middle`, async () => {
    const leaving = new AbortController();
    const answer = streamText({ ...call, abortSignal: leaving.signal, onError: () => {} });
    for await (const piece of answer.textStream) {
      assert.ok(piece);
      leaving.abort();
      break;
    }
  });

  await check(`${name}: tool call`, async () => {
    const { toolCalls, finishReason } = await generateText({ ...call, tools: { weather }, toolChoice: 'required' });
    assert.equal(toolCalls[0].toolName, 'weather');
    assert.equal(finishReason, 'tool-calls');
  });

  await check(`${name}: error: unknown model`, async () => {
    await assert.rejects(
      generateText({ ...call, model: door('no-such-model') }),
      (error) => APICallError.isInstance(error) && error.statusCode === 404 && !error.isRetryable,
    );
  });
}

process.exit(failed === 0 ? 0 : 1);
