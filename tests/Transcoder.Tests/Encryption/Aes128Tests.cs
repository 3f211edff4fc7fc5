using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Packaging.Encryption;
using FlickStream.Transcoder.Tests.Packaging;

namespace FlickStream.Transcoder.Tests.Encryption;

/// <summary>Whole segments, decrypted by what RFC 8216 and RFC 5869 say and nothing of ours.</summary>
public sealed class Aes128Tests
{
    private static readonly VideoSample Clear = new(24);
    private static readonly VideoSample Secret = Clear with { Key = TestKeys.Aes128 };

    [Fact]
    public async Task Segments_decrypt_to_the_clear_ones_and_every_second_has_a_new_key()
    {
        var (clear, secret) = (new MemoryBlobs(), new MemoryBlobs());
        await Clear.PackageAsync(clear, 2, 3 * 144 - 20);
        var packaged = await Secret.PackageAsync(secret, 2, 3 * 144 - 20);
        for (var n = 2; n < 5; n++)
        {
            var stored = secret.Stored[$"{Secret.Folder}/{n}.m4s"];
            Assert.Equal(clear.Stored[$"{Clear.Folder}/{n}.m4s"], Decrypt(stored, "v90", period: n / 2, n));
            Assert.Equal(stored.Length, packaged.Run.Segments[n - 2].Bytes);
            Assert.Throws<CryptographicException>(() => Decrypt(stored, "v90", (n / 2) + 1, n));
        }

        // Nothing of the media is in it, and players read it before they have a key.
        Assert.Equal(clear.Stored[$"{Clear.Folder}/init.mp4"], secret.Stored[$"{Secret.Folder}/init.mp4"]);
    }

    [Fact]
    public async Task Sound_has_keys_of_its_own()
    {
        var clear = new AudioSample(2);
        var secret = new AudioSample(2) { Track = clear.Track with { Key = TestKeys.Aes128 } };
        var media = await clear.EncodeAsync(10);
        await clear.PackageAsync(media);
        await secret.PackageAsync(media);
        Assert.Equal(clear.Blobs.Stored[$"{clear.Track.Folder}/1.m4s"], Decrypt(secret.Blobs.Stored[$"{clear.Track.Folder}/1.m4s"], "a1", 0, 1));
        Assert.Equal(secret.Blobs.Stored[$"{clear.Track.Folder}/1.m4s"].Length, secret.Runs.SelectMany(r => r.Segments).ElementAt(1).Bytes);
    }

    [Fact]
    public async Task What_another_encoder_stored_stays_and_what_no_key_opens_is_not_counted()
    {
        var blobs = new MemoryBlobs();
        var other = await Clear.EncodeAsync(0, 144, "-me_range", "8");
        var before = await VideoSample.PackageAsync(blobs, other, Secret.Chunk(0, 144));
        Assert.Equivalent(before, await Secret.PackageAsync(blobs, 0, 144), strict: true);

        blobs.Stored[$"{Secret.Folder}/0.m4s"][^1] ^= 1;
        var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(() => Secret.PackageAsync(blobs, 0, 144));
        Assert.Equal("segment_differs", rejected.Code);
    }

    [Fact]
    public void A_rendition_that_is_encoded_anew_beside_kept_ones_has_other_keys_and_titles_of_earlier_versions_keep_theirs()
    {
        byte[] Encrypted(RenditionKey key) => new SegmentCipher(key, "v90").Encrypt(new byte[32], 1);
        var keyed = Encrypted(TestKeys.Aes128);
        Assert.NotEqual(keyed[..16], Encrypted(TestKeys.Aes128 with { Revision = "r2" })[..16]);
        Assert.Equal(new byte[32], Decrypt(keyed, "v90", 0, 1));

        var earlier = TestKeys.Aes128 with { Protection = new PresentationProtection(ContentProtection.Aes128, 2) };
        Assert.Equal(Encrypted(earlier), Encrypted(earlier with { Revision = "r2" }));
        Assert.Equal(new byte[32], Decrypt(Encrypted(earlier), "v90", 0, 1, revision: ""));
    }

    private static byte[] Decrypt(byte[] segment, string rendition, int period, int number, string revision = "r1 ")
    {
        // HKDF with an empty salt and one block of output.
        var extracted = HMACSHA256.HashData(new byte[32], TestKeys.Aes128.Secret);
        var key = HMACSHA256.HashData(extracted, (byte[])[.. Encoding.ASCII.GetBytes($"flickstream aes-128 {rendition} {revision}{period}"), 1])[..16];
        var iv = new byte[16];
        iv[15] = (byte)number;
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptCbc(segment, iv, PaddingMode.PKCS7);
    }
}
