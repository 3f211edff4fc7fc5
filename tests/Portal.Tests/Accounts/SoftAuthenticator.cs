using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FlickStream.Portal.Tests.Accounts;

/// <summary>A browser and its authenticator with one passkey (ES256), as WebAuthn Level 3 has them talk.</summary>
internal sealed class SoftAuthenticator(string origin = "https://watch.xn--kin-2na.example") : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _credentialId = RandomNumberGenerator.GetBytes(32);
    private string _user = "";

    public string Origin { get; set; } = origin;

    public string Domain { get; set; } = new Uri(origin).Host;

    public bool IsUserVerified { get; set; } = true;

    public uint SignCount { get; set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A passkey of somebody who is signed in.</summary>
    public static async Task<SoftAuthenticator> AddedAsync(Person person, uint signCount = 0)
    {
        var key = new SoftAuthenticator { SignCount = signCount };
        var options = await (await person.PostAsync("/api/accounts/me/passkeys/options", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var added = await person.PostAsync("/api/accounts/me/passkeys", new { name = "My phone", credential = key.Make(options) });
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        return key;
    }

    public static async Task<JsonElement> AskAsync(Person browser) =>
        await (await browser.PostAsync("/api/session/passkey/options", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);

    public async Task<HttpResponseMessage> ShowAsync(Person browser, string path) =>
        await browser.PostAsync(path, new { credential = Show(await AskAsync(browser)) });

    /// <summary>The answer to creation options, to be sent back.</summary>
    public object Make(JsonElement options)
    {
        _user = options.GetProperty("user").GetProperty("id").GetString()!;
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. AuthenticatorData(0x40), .. new byte[16], 0, (byte)_credentialId.Length, .. _credentialId, .. cose];
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Credential(new
        {
            clientDataJSON = Text(ClientData("webauthn.create", options)), attestationObject = Text(attestation), transports = (string[])["internal"],
        });
    }

    /// <summary>The answer to request options, to be sent back.</summary>
    public object Show(JsonElement options, string? user = null)
    {
        if (SignCount > 0) SignCount++;
        var (data, client) = (AuthenticatorData(0), ClientData("webauthn.get", options));
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new { clientDataJSON = Text(client), authenticatorData = Text(data), signature = Text(signature), userHandle = user ?? _user });
    }

    public void Dispose() => _key.Dispose();

    private object Credential(object response) =>
        new { id = Text(_credentialId), rawId = Text(_credentialId), type = "public-key", response, clientExtensionResults = new { } };

    private byte[] AuthenticatorData(byte more)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.ASCII.GetBytes(Domain), data);
        data[32] = (byte)(0x01 | (IsUserVerified ? 0x04 : 0) | more);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), SignCount);
        return data;
    }

    private byte[] ClientData(string type, JsonElement options) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = options.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false });

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
