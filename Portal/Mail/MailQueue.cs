using System.Security.Cryptography;
using System.Text.Json;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Json;
using Microsoft.AspNetCore.DataProtection;

namespace FlickStream.Portal.Mail;

/// <summary>Letters are documents until a server has them, so that none is lost while it is away.</summary>
internal sealed class MailQueue(IDocuments documents, IDataProtectionProvider protection, IBus bus, TimeProvider time)
{
    /// <summary>Told when a letter was put here.</summary>
    public const string Topic = "letters";

    private readonly IDocumentSet<WaitingLetter> _letters = documents.Set(WaitingLetter.Schema);
    private readonly IDataProtector _seal = protection.CreateProtector("FlickStream.Letters");

    /// <param name="letter">What is to be sent.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="businessId">For what must be sent once however often it is posted (within <see cref="MailSender.Memory"/>); by default
    /// each is its own.</param>
    public async Task PostAsync(Letter letter, CancellationToken cancellationToken, string? businessId = null)
    {
        var now = time.GetUtcNow();
        var waiting = new WaitingLetter
        {
            CreatedAt = now, DueAt = now, IsUrgent = letter.IsUrgent,
            Sealed = _seal.Protect(JsonSerializer.SerializeToUtf8Bytes(letter, PlatformJson.Options)),
        };
        await _letters.InsertAsync(businessId ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), waiting, cancellationToken);
        await bus.PublishAsync(Topic, "", cancellationToken);
    }

    public Letter Open(WaitingLetter waiting) => JsonSerializer.Deserialize<Letter>(_seal.Unprotect(waiting.Sealed!), PlatformJson.Options)!;
}
