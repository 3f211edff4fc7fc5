using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Uploads;

/// <summary>Every refusal of an upload. tus-js-client gives up on 4xx other than 409 and 423, and retries those and 5xx.</summary>
internal static class UploadProblems
{
    public static readonly Problem VersionUnsupported =
        new("tus_version_unsupported", 412, "Send Tus-Resumable: 1.0.0, the version of tus that this server speaks.");

    public static readonly Problem NotFound =
        new("upload_not_found", 404, "There is no such upload. Create a new one.");

    public static readonly Problem Expired =
        new("upload_expired", 410, "The upload was not finished in time. Create a new one.");

    public static readonly Problem Locked =
        new("upload_locked", 423, "Another request is writing to this upload. Try again when it has ended.");

    public static readonly Problem Stopping =
        new("server_stopping", 503, "The server is stopping; what it received is kept. Resume in a moment.");

    public static readonly Problem ContentTypeUnsupported =
        new("upload_content_type_unsupported", 415, "Send bytes as Content-Type: application/offset+octet-stream.");

    public static readonly Problem OffsetInvalid =
        new("upload_offset_invalid", 400, "Send Upload-Offset as a whole number of bytes.");

    public static readonly Problem OffsetMismatch =
        new("upload_offset_mismatch", 409, "The offset does not match what is stored. Ask with HEAD and go on from there.");

    public static readonly Problem LengthInvalid =
        new("upload_length_invalid", 400, "Send Upload-Length as a whole number of bytes, or Upload-Defer-Length: 1, and not both.");

    public static readonly Problem LengthFixed =
        new("upload_length_fixed", 400, "The upload's length was declared before and cannot change.");

    public static readonly Problem LengthExceeded =
        new("upload_length_exceeded", 413, "The body is longer than what the upload still lacks.");

    public static readonly Problem Incomplete =
        new("upload_body_incomplete", 400, "The body ended early; what came is kept. Ask with HEAD and go on from there.");

    public static readonly Problem TooLarge =
        new("upload_too_large", 413, "The upload is larger than this server takes (Tus-Max-Size).");

    public static readonly Problem QuotaExceeded =
        new("quota_exceeded", 413, "The storage quota does not allow this upload. Delete assets or unfinished uploads first.");

    public static readonly Problem StorageFull =
        new("storage_full", 507, "The server's disk is full; what was acknowledged is kept. Free space and resume.");

    public static readonly Problem TooManyUploads =
        new("too_many_uploads", 429, "This key has too many unfinished uploads. Finish or terminate some first.");

    public static readonly Problem MetadataInvalid =
        new("upload_metadata_invalid", 400, "Upload-Metadata is not valid.");

    public static readonly Problem ChecksumInvalid =
        new("upload_checksum_invalid", 400, "Send Upload-Checksum as an algorithm, a space and the digest in Base64.");

    public static readonly Problem ChecksumUnsupported =
        new("upload_checksum_unsupported", 400, "Use a checksum algorithm that OPTIONS lists (Tus-Checksum-Algorithm).");

    public static readonly Problem ChecksumMismatch =
        new("upload_checksum_mismatch", 460, "The bytes do not match their checksum and were not kept. Send them again.");

    public static readonly Problem Sha256Mismatch =
        new("sha256_mismatch", 422, "The whole file does not have the sha256 that was declared. Upload it again.");

    public static readonly Problem ReplacedNotFound =
        new("replaced_asset_not_found", 404, "The asset whose master this shall be does not exist. Upload it as a new one.");

    public static readonly Problem ConcatInvalid =
        new("upload_concat_invalid", 400, "Upload-Concat must be \"partial\", or \"final;\" and the URLs of finished partial uploads.");

    public static readonly Problem PartNotFound =
        new("upload_part_not_found", 400, "A listed partial upload does not exist.");

    public static readonly Problem PartUnfinished =
        new("upload_part_unfinished", 400, "A listed partial upload is not finished. Finish it, then concatenate.");

    public static readonly Problem PartTaken =
        new("upload_part_taken", 409, "A listed partial upload belongs to another final upload.");

    public static readonly Problem FinalReadOnly =
        new("upload_final_read_only", 403, "A final upload takes its bytes from its parts only.");

    public static readonly Problem MethodUnsupported =
        new("upload_method_unsupported", 405, "X-HTTP-Method-Override may be PATCH, DELETE or HEAD.");
}
