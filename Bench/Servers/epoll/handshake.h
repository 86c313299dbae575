/* What a server answers to Sec-WebSocket-Key (RFC 6455, section 4.2.2): the base64 of the SHA-1 of the key and a
 * constant. Written out, so that the yardstick needs no library. */

#include <stdint.h>
#include <string.h>

static uint32_t rotated(uint32_t x, int by) { return x << by | x >> (32 - by); }

/* SHA-1 (RFC 3174) of at most 119 bytes, which is all that a handshake has. */
static void sha1(const char *text, size_t length, uint8_t digest[20]) {
    uint8_t data[128] = {0};
    uint32_t h[5] = { 0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0 };
    memcpy(data, text, length);
    data[length] = 0x80;
    size_t size = length < 56 ? 64 : 128;
    data[size - 2] = length * 8 >> 8;
    data[size - 1] = length * 8;

    for (const uint8_t *block = data; block < data + size; block += 64) {
        uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
        for (int t = 0; t < 16; t++)
            w[t] = (uint32_t)block[4 * t] << 24 | block[4 * t + 1] << 16 | block[4 * t + 2] << 8 | block[4 * t + 3];
        for (int t = 16; t < 80; t++) w[t] = rotated(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
        for (int t = 0; t < 80; t++) {
            uint32_t f = t < 20 ? ((b & c) | (~b & d)) + 0x5A827999
                       : t < 40 ? (b ^ c ^ d) + 0x6ED9EBA1
                       : t < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC
                                : (b ^ c ^ d) + 0xCA62C1D6;
            uint32_t next = rotated(a, 5) + f + e + w[t];
            e = d, d = c, c = rotated(b, 30), b = a, a = next;
        }
        h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
    }
    for (int i = 0; i < 20; i++) digest[i] = h[i / 4] >> (24 - i % 4 * 8);
}

/* 20 bytes are 27 characters and one of padding. */
static void base64(const uint8_t digest[20], char text[29]) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t data[21] = {0};
    memcpy(data, digest, 20);
    for (int i = 0; i < 7; i++) {
        uint32_t three = data[3 * i] << 16 | data[3 * i + 1] << 8 | data[3 * i + 2];
        for (int j = 0; j < 4; j++) text[4 * i + j] = letters[three >> (18 - 6 * j) & 63];
    }
    text[27] = '=', text[28] = 0;
}

static void accept_key(const char key[25], char accept[29]) {
    static const char constant[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    char proof[24 + sizeof constant];
    uint8_t digest[20];
    size_t length = strlen(key);
    memcpy(proof, key, length);
    memcpy(proof + length, constant, sizeof constant);
    sha1(proof, length + sizeof constant - 1, digest);
    base64(digest, accept);
}
