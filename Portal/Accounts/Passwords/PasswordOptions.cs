using System.ComponentModel.DataAnnotations;

namespace FlickStream.Portal.Accounts.Passwords;

/// <summary>Section <c>Accounts:Passwords</c>: what Argon2id costs. A password is hashed anew at the next sign-in when these have changed.
/// The default is of OWASP ASVS 5.0, appendix C; 76 ms of one core of 2025.</summary>
internal sealed class PasswordOptions
{
    /// <summary>KiB a hash; not less than OWASP's least.</summary>
    [Range(19_456, 4_194_304)]
    public int MemoryKiB { get; init; } = 47_104;

    [Range(1, 100)]
    public int Iterations { get; init; } = 1;

    [Range(1, 64)]
    public int Lanes { get; init; } = 1;

    /// <summary>Hashes at once in this process, each with its memory; 0 stands for the number of cores.</summary>
    [Range(0, 1024)]
    public int AtOnce { get; init; }

    /// <summary>How many may wait for their turn before further ones are asked to come again.</summary>
    [Range(0, 100_000)]
    public int Waiting { get; init; } = 200;
}
