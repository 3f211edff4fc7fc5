namespace FlickStream.Transcoder.Packaging.Encryption;

/// <summary>What a codec says of its NAL units.</summary>
internal interface ISliceHeader
{
    /// <summary>How many bytes of a NAL unit, from its header on, stay in the clear; all of one that holds no slice.</summary>
    int ClearBytes(ReadOnlySpan<byte> nal);
}
