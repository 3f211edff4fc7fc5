using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Keys;

/// <summary>How one rendition is encrypted.</summary>
/// <param name="Protection">The title's.</param>
/// <param name="KeyId">KID.</param>
/// <param name="Iv">16 bytes, constant.</param>
/// <param name="Secret">16 bytes; lives as long as the step that borrowed it.</param>
/// <param name="Revision">Under which the rendition lies.</param>
internal sealed record RenditionKey(PresentationProtection Protection, Guid KeyId, byte[] Iv, byte[] Secret, string Revision);
