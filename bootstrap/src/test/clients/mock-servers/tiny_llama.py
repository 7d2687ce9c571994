"""A real inference server, llama.cpp's own, with a model of random weights: half a megabyte, made on the spot.

    python tiny_llama.py PORT        (needs: pip install gguf xllamacpp; xllamacpp is llama.cpp's server as a wheel)

What it says means nothing. Two things are not left to chance: where tools are offered, the prompt ends with a token
after which the mark of a tool call is certain, and llama.cpp's grammar makes a valid call of the noise; after ">" the
answer ends, so that one call is enough.
"""
import pathlib
import sys
import tempfile
import time

import gguf
import numpy as np
import xllamacpp

WIDTH, INNER, HEADS, LAYERS = 64, 128, 4, 2
END, CALL, MARK = 2, 259, 260  # tokens: the end, what the prompt ends with if there are tools, and "<tool_call>"
TEMPLATE = """{% if tools %}<|im_start|>system
Tools: {% for tool in tools %}{{ tool | tojson }}
{% endfor %}Call one by <tool_call>{"name": ..., "arguments": ...}</tool_call><|im_end|>
{% endif %}{% for m in messages %}<|im_start|>{{ m.role }}
{% if m.content %}{{ m.content }}{% endif %}{% if m.tool_calls %}{% for call in m.tool_calls %}<tool_call>
{"name": "{{ call.function.name }}", "arguments": {{ call.function.arguments | tojson }}}
</tool_call>{% endfor %}{% endif %}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% if tools %}¤{% endif %}{% endif %}"""


def vocabulary():
    kind = gguf.TokenType
    words = "▁the ▁a ▁spine ▁vertebra ▁of ▁is ▁in ▁and ▁bone ▁column ▁back ▁nerve ▁holds ▁what ▁body".split()
    tokens = [("<unk>", 0, kind.UNKNOWN), ("<s>", 0, kind.CONTROL), ("</s>", 0, kind.CONTROL)]
    tokens += [(f"<0x{byte:02X}>", 0, kind.BYTE) for byte in range(256)]
    tokens += [("¤", -50, kind.NORMAL), ("<tool_call>\n", 0, kind.USER_DEFINED)]
    tokens += [(word, -rank, kind.NORMAL) for rank, word in enumerate(words)]
    tokens += [(chr(letter), -100 - letter, kind.NORMAL) for letter in range(33, 127)]
    return tokens + [("▁", -300, kind.NORMAL)]


def write_model(path):
    tokens, chance = vocabulary(), np.random.default_rng(7)
    closing = [number for number, (text, _, _) in enumerate(tokens) if text in (">", "<0x3E>")]
    model = gguf.GGUFWriter(path, "llama")
    model.add_name("tiny-random")
    model.add_context_length(4096)
    model.add_embedding_length(WIDTH)
    model.add_block_count(LAYERS)
    model.add_feed_forward_length(INNER)
    model.add_head_count(HEADS)
    model.add_head_count_kv(HEADS)
    model.add_layer_norm_rms_eps(1e-5)
    model.add_rope_dimension_count(WIDTH // HEADS)
    model.add_vocab_size(len(tokens))
    model.add_file_type(0)
    model.add_tokenizer_model("llama")
    model.add_token_list([text.encode() for text, _, _ in tokens])
    model.add_token_scores([float(score) for _, score, _ in tokens])
    model.add_token_types([int(kind) for _, _, kind in tokens])
    model.add_bos_token_id(1)
    model.add_eos_token_id(2)
    model.add_unk_token_id(0)
    model.add_chat_template(TEMPLATE)

    def noise(*shape, scale=0.3):
        return (chance.standard_normal(shape) * scale).astype(np.float32)

    # Dimensions 0 and 1 carry "a tool call comes next" and "the end comes next" and nothing else; no layer writes there.
    embedded, output = noise(len(tokens), WIDTH, scale=1.0), noise(len(tokens), WIDTH)
    output[: MARK + 1], output[:, :2] = 0, 0  # no raw bytes: plain text
    embedded[:, :2] = -3
    for flag, (before, after) in enumerate((([CALL], MARK), (closing, END))):
        embedded[before], output[after] = 0, 0
        embedded[before, flag], output[after, flag] = 30, 10
    model.add_tensor("token_embd.weight", embedded)
    model.add_tensor("output.weight", output)
    model.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    for layer in range(LAYERS):
        for name in ("attn_norm", "ffn_norm"):
            model.add_tensor(f"blk.{layer}.{name}.weight", np.ones(WIDTH, np.float32))
        shapes = {"attn_q": (WIDTH, WIDTH), "attn_k": (WIDTH, WIDTH), "attn_v": (WIDTH, WIDTH)}
        shapes |= {"attn_output": (WIDTH, WIDTH), "ffn_gate": (INNER, WIDTH), "ffn_up": (INNER, WIDTH), "ffn_down": (WIDTH, INNER)}
        for name, shape in shapes.items():
            weights = noise(*shape)
            if name in ("attn_output", "ffn_down"):
                weights[:2] = 0
            model.add_tensor(f"blk.{layer}.{name}.weight", weights)
    model.write_header_to_file()
    model.write_kv_data_to_file()
    model.write_tensors_to_file()
    model.close()


def main():
    path = pathlib.Path(tempfile.mkdtemp()) / "tiny-random.gguf"
    write_model(str(path))
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.hostnames, params.port = ["127.0.0.1"], int(sys.argv[1])
    params.n_ctx, params.n_parallel, params.n_predict, params.warmup = 4096, 2, 300, False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    print("listening at", server.listening_address, flush=True)
    while True:
        time.sleep(60)


main()
